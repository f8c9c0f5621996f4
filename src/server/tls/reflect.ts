// What @peculiar/x509 is put together with (tsyringe) refuses to load without these two, which
// would tell it what decorators left behind. Nothing here is decorated with anything to be told.
const nothing = () => undefined;
for (const name of ["getMetadata", "getOwnMetadata"]) {
  if (!(name in Reflect)) Object.defineProperty(Reflect, name, { value: nothing });
}
