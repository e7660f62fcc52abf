// Loaded before a service (`--import`): its clock, and nobody else's, is off by CLOCK_SKEW milliseconds.
const skew = Number(process.env.CLOCK_SKEW);
const RealDate = Date;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [RealDate.now() + skew] : args, newTarget) as object,
  apply: () => new RealDate(RealDate.now() + skew).toString(),
  get: (target, key, receiver) =>
    key === 'now' ? () => RealDate.now() + skew : (Reflect.get(target, key, receiver) as unknown),
});
