// Made by scripts/generate/index.ts; do not edit.
export const ASSET_HASHES = {
  "app.js": "400933a738d3",
  "explorer.js": "ebd94d426d5f",
  "icon.svg": "980e93c67ec1",
  "inspector.js": "d5af6332209b",
  "layout-worker.js": "864762e922ec",
  "style.css": "438f7d7539dd",
} as const;
