/** What the tests use of npm `smpp`, which brings no types. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type { Server as NetServer, Socket } from 'node:net';

  export type Content =
    | string
    | Buffer
    | { readonly udh?: Buffer; readonly message: string | Buffer };

  export type Fields = {
    command_status?: number;
    message_id?: string;
    system_id?: string;
    source_addr?: string;
    source_addr_ton?: number;
    source_addr_npi?: number;
    destination_addr?: string;
    dest_addr_ton?: number;
    dest_addr_npi?: number;
    esm_class?: number;
    data_coding?: number;
    short_message?: Content;
    message_payload?: Content;
    receipted_message_id?: string;
    message_state?: number;
    network_error_code?: Buffer;
    sar_msg_ref_num?: number;
    sar_total_segments?: number;
    sar_segment_seqnum?: number;
  };

  export type Decoded = { readonly message: string; readonly udh?: readonly Buffer[] };

  export type Pdu = Omit<Required<Fields>, 'short_message' | 'message_payload'> & {
    readonly command: string;
    readonly password: string;
    readonly short_message: Decoded;
    readonly message_payload?: Decoded;
    response(fields?: Fields): Pdu;
  };

  export type Session = EventEmitter & {
    readonly socket: Socket;
    on(event: 'error', listener: (error: Error) => void): Session;
    on(event: string, listener: (pdu: Pdu) => void): Session;
    send(pdu: Pdu): boolean;
    deliver_sm(fields: Fields, onAnswer?: (pdu: Pdu) => void): boolean;
    data_sm(fields: Fields, onAnswer?: (pdu: Pdu) => void): boolean;
    enquire_link(onAnswer: (pdu: Pdu) => void): boolean;
    unbind(onAnswer: (pdu: Pdu) => void): boolean;
    destroy(): void;
  };

  export type Smpp = {
    createServer(onSession: (session: Session) => void): NetServer;
    readonly encodings: { default: 'ASCII' | 'LATIN1' };
  };

  const smpp: Smpp;
  export default smpp;
}
