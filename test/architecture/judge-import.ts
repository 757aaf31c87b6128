import { builtinModules } from 'node:module';
import path from 'node:path';

import { layers, outermost, type Layer } from './layers.ts';

const prefixes: Readonly<Record<string, string>> = {
  '#shared/': 'src-shared/',
  '#main/': 'src-main/',
  '#renderer/': 'src-renderer/',
  '#test/': 'test/',
};

/** The layer a file lies in, by the longest prefix; undefined where it lies in none. */
export function layerOf(file: string): Layer | undefined {
  return layers
    .filter((layer) => file.startsWith(layer.under))
    .toSorted((a, b) => b.under.length - a.under.length)[0];
}

/** Is this file outside the layers by right: a test, a bench, a dotfile or a configuration at the root? */
export function isOutermost(file: string): boolean {
  return outermost.some((under) => file.startsWith(under)) || !file.includes('/');
}

/**
 * Judges one import.
 * @param file the importing file, from the project's root, with forward slashes
 * @param source the specifier as written
 * @returns undefined where the import is allowed, else a sentence that says why not and what to do instead
 */
export function judgeImport(file: string, source: string): string | undefined {
  if (isOutermost(file)) return undefined;
  const layer = layerOf(file);
  if (layer === undefined)
    return `${file} lies in no layer: add its folder to test/architecture/layers.ts`;
  const target = resolveInside(file, source);
  return target === undefined ? judgePackage(layer, source) : judgeFile(layer, target, source);
}

function resolveInside(file: string, source: string): string | undefined {
  if (source.startsWith('.')) return path.posix.join(path.posix.dirname(file), source);
  const prefix = Object.keys(prefixes).find((each) => source.startsWith(each));
  return prefix === undefined ? undefined : prefixes[prefix] + source.slice(prefix.length);
}

function judgeFile(layer: Layer, target: string, source: string): string | undefined {
  if (source.startsWith('../../..')) return `write ${source} as a # import, not as a climb`;
  if (outermost.some((under) => target.startsWith(under))) return 'nothing imports test or bench';
  const to = layerOf(target);
  if (to === undefined)
    return `${target} lies in no layer: add its folder to test/architecture/layers.ts`;
  if (to === layer || layer.layers.includes(to.name)) return undefined;
  return refuse(layer, to.name);
}

function judgePackage(layer: Layer, source: string): string | undefined {
  const name = packageName(source);
  if (layer.packages.includes(name)) return undefined;
  return refuse(layer, name);
}

function packageName(source: string): string {
  if (source.startsWith('node:') || builtinModules.includes(source)) return 'node';
  const parts = source.split('/');
  return source.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? source);
}

function refuse(layer: Layer, what: string): string {
  return `${layer.name} may not import ${what}${layer.instead === undefined ? '' : `: ${layer.instead}`}`;
}
