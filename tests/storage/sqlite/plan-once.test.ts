import { describe, expect, it } from "@jest/globals";
import { planOnce } from "../../../src/storage/sqlite/plan-once.ts";

describe("a statement that is planned once", () => {
  it("keeps texts and names that have a question mark", () => {
    const text = `select "a?", \`b?\`, 'it''s ?' from t`;
    expect(planOnce(text)).toBe(text);
  });

  it("shows the planner no parameter", () => {
    expect(planOnce("select a from t where b = ? and c > ? limit ?")).toBe(
      "select a from t where b = coalesce(?, null) and c > coalesce(?, null) limit coalesce(?, null)",
    );
  });
});
