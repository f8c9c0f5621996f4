import { matrix } from "./matrix.ts";

await matrix("dev");
