/** What the carrier answers a call with; a body that is undefined is none. */
export type TelnyxAnswer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

const titles: Readonly<Record<string, string>> = {
  10003: 'Invalid URL',
  10004: 'Missing required parameter',
  10005: 'Resource not found',
  10009: 'Authentication failed',
  10010: 'Authorization failed',
  10011: 'Too many requests',
  10014: 'Unsupported Media Type',
  10015: 'Bad Request',
  10023: 'Invalid JSON',
  40001: 'Not routable',
  40300: 'Blocked due to STOP message',
  40302: 'Message too large',
  40305: "Invalid 'from' address",
  40308: "Invalid 'from' address for MMS",
  40310: "Invalid 'to' address",
  40316: 'No content provided',
  40317: 'Invalid MMS content',
};

const statuses: Readonly<Record<string, number>> = {
  10005: 404,
  10009: 401,
  10010: 403,
  10011: 429,
  10014: 415,
  40300: 403,
};

export type Details = { readonly detail?: string; readonly pointer?: string };

/** A refusal in the carrier's form, with the status that goes with its code. */
export function complain(code: string, { detail, pointer }: Details = {}): TelnyxAnswer {
  const title = titles[code] ?? 'Refused';
  const error = {
    code,
    title,
    detail: detail ?? `${title}.`,
    ...(pointer === undefined ? {} : { source: { pointer } }),
    meta: { url: `https://developers.telnyx.com/docs/overview/errors/${code}` },
  };
  return { status: statuses[code] ?? 400, body: { errors: [error] } };
}

/** Thrown by what reads a call, and answered as it is. */
export class Refusal extends Error {
  readonly answer: TelnyxAnswer;

  constructor(code: string, details: Details = {}) {
    super(code);
    this.answer = complain(code, details);
  }
}

export type Page = { readonly number: number; readonly size: number };

/** A page of rows in the form most lists have. */
export function pageOf(rows: readonly unknown[], { number, size }: Page): TelnyxAnswer {
  const start = (number - 1) * size;
  return {
    status: 200,
    body: {
      data: rows.slice(start, start + size),
      meta: {
        total_pages: Math.ceil(rows.length / size),
        total_results: rows.length,
        page_number: number,
        page_size: size,
      },
    },
  };
}
