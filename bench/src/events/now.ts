/** Now in milliseconds since 1970, as all processes of one machine see it, to a fraction of a millisecond. */
export const now = (): number => performance.timeOrigin + performance.now();
