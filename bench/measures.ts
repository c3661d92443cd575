/** In megabytes, as the gateway’s own metrics tell. */
export interface Memory {
  readonly residentMb: number;
  readonly heapMb: number;
  /** What V8 has taken for its heap: what is used, and room for more. */
  readonly heapRoomMb: number;
}

export async function memoryOf(endpoint: string): Promise<Memory> {
  const text = await (await fetch(endpoint.replace(/graphql$/, 'metrics'))).text();
  const megabytes = (name: string): number =>
    Number(new RegExp(`^mode_graphql_${name} (\\S+)`, 'm').exec(text)?.[1] ?? 0) / 1_048_576;
  return {
    residentMb: megabytes('process_resident_memory_bytes'),
    heapMb: megabytes('nodejs_heap_size_used_bytes'),
    heapRoomMb: megabytes('nodejs_heap_size_total_bytes'),
  };
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** The value below which such a part of them lies; 0 when there is none. */
export function partOf(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
