/** An answer ready for the wire. */
export interface Outgoing {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export const HAL = 'application/hal+json';
