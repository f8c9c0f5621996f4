// Made by scripts/generate/index.ts; do not edit.
export const ASSET_HASHES = {
  "app.js": "b22895ab8d59",
  "explorer.js": "db3cc62290b5",
  "icon.svg": "980e93c67ec1",
  "layout-worker.js": "864762e922ec",
  "style.css": "306bc8d960c5",
} as const;
