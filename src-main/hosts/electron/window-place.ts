import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { log } from '#main/log/log.ts';

/** Where a window stands, in device-independent pixels. */
export type Box = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};
export type WindowPlace = Box & { readonly maximized: boolean };

/** Smallest window in which the screen can be worked with. */
export const leastSize = { width: 720, height: 480 };
export const usualSize = { width: 1_240, height: 820 };
const mostSize = 20_000;
/** So much of a window must lie on a display that a person can catch hold of it. */
const graspable = { width: 160, height: 80 };

/** Reads where the window stood last; null where that is unknown, senseless, or no longer on any display. */
export function readPlace(file: string, displays: readonly Box[]): WindowPlace | null {
  try {
    const place: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isPlace(place) && displays.some((display) => shows(display, place)) ? place : null;
  } catch {
    return null;
  }
}

/** Keeps where the window stands. A failure costs nothing but the place. */
export function keepPlace(file: string, place: WindowPlace): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.new`, JSON.stringify(place), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch {
    log('window-place.not-kept');
  }
}

function isPlace(value: unknown): value is WindowPlace {
  if (typeof value !== 'object' || value === null) return false;
  const { x, y, width, height, maximized } = value as Partial<Record<string, unknown>>;
  return (
    [x, y].every(Number.isSafeInteger) &&
    isLength(width, leastSize.width) &&
    isLength(height, leastSize.height) &&
    typeof maximized === 'boolean'
  );
}

function isLength(value: unknown, least: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= mostSize;
}

function shows(display: Box, place: Box): boolean {
  const width = overlap([display.x, display.width], [place.x, place.width]);
  const height = overlap([display.y, display.height], [place.y, place.height]);
  return width >= graspable.width && height >= graspable.height;
}

/** Each side is where it begins and how long it is. */
function overlap(one: [number, number], other: [number, number]): number {
  return Math.min(one[0] + one[1], other[0] + other[1]) - Math.max(one[0], other[0]);
}
