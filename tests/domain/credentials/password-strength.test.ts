import { describe, expect, it } from "@jest/globals";
import { isWeakPassword } from "../../../src/domain/credentials/password-strength.ts";

const OWNER = ["una", "Una O'Hara-Smith", "una.ohara@example.test", "una.ohara"];
const isWeak = (password: string) => isWeakPassword(password, OWNER);

describe("weak passwords", () => {
  it.each([
    ["a common word", "password"],
    ["one in capitals", "PASSWORD"],
    ["one with numbers behind it", "password123"],
    ["one with numbers and signs around it", "12!sunshine!99"],
    ["one in disguise", "p@$$w0rd"],
    ["one twice", "dragondragon"],
    ["one in another form of the same letters", "ｐａｓｓｗｏｒｄ"],
    ["one character over and over", "aaaaaaaaaa"],
    ["two by turns", "abababababab"],
    ["numbers in order", "12345678"],
    ["the alphabet", "cdefghijkl"],
    ["a walk along the keyboard", "qwertyuiop"],
    ["one backwards", "lkjhgfdsa"],
    ["the name of the program", "my-followd-2024"],
    ["the name of a vendor", "xGitLab!99z"],
    ["a part of the owner's name", "tofu-smith-42"],
    ["the owner's address", "una.ohara@example.test"],
  ])("are %s: %s", (_, password) => {
    expect(isWeak(password)).toBe(true);
  });

  it.each([
    ["words that do not belong together", "tofu-Horse-42"],
    ["letters by chance", "kX9vQm2LrT"],
    ["a short part of the owner's name, which comes up by chance", "una-b7Rk2Lp"],
    ["a common word inside of others", "correct-dragon-staple"],
    ["a word of their name in one that is very long", `${"kX9v Qm2L ".repeat(7)}smith`],
    ["letters of other scripts", "зелёный-чайник-7"],
  ])("are not %s: %s", (_, password) => {
    expect(isWeak(password)).toBe(false);
  });

  it("depend on whose they are", () => {
    expect(isWeakPassword("tofu-smith-42", ["vera"])).toBe(false);
    expect(isWeakPassword("tofu-vera-42", ["vera"])).toBe(true);
    expect(isWeakPassword("tofu-Horse-42", ["", "  "])).toBe(false);
  });
});
