import { ASSET_HASHES } from "../generated/page-asset-hashes.ts";

export type AssetName = keyof typeof ASSET_HASHES;

/** The address of a file that pages load; it changes with the file. */
export const assetPath = (name: AssetName): string => `/-/assets/${ASSET_HASHES[name]}/${name}`;
