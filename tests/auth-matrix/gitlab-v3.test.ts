import { matrix } from "./matrix.ts";

await matrix("gitlab-v3");
