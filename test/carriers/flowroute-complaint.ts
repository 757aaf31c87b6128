import { randomUUID } from 'node:crypto';

import type { ApiReply } from './loopback-api.ts';

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
};

/** A refusal as this carrier words it. */
export class FlowrouteComplaint extends Error {
  readonly reply: ApiReply;

  constructor(
    status: number,
    detail: string,
    more: { readonly code?: number; readonly headers?: Record<string, string> } = {},
  ) {
    super(detail);
    const { code, headers = {} } = more;
    const title = titles[status] ?? 'Error';
    const error = {
      id: randomUUID(),
      status,
      title,
      detail,
      ...(code === undefined ? {} : { code }),
    };
    this.reply = { status, headers, body: { errors: [error] } };
  }
}
