// Made by scripts/generate/index.ts; do not edit.
export const ASSET_HASHES = {
  "app.js": "8e688d653cd9",
  "explorer.js": "09450efcdee0",
  "icon.svg": "980e93c67ec1",
  "inspector.js": "d5af6332209b",
  "layout-worker.js": "864762e922ec",
  "style.css": "233ebd16fad9",
} as const;
