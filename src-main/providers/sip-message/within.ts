/** What work comes to; null where it is not done within so many milliseconds. The work goes on. */
export async function within<Result>(work: Promise<Result>, ms: number): Promise<Result | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), Math.max(0, ms));
  });
  return await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
