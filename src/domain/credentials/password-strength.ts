/** Shorter words come up in good passwords by chance. */
const MIN_WORD_LENGTH = 4;
/** The longest password that is checked: longer ones are refused for their length. */
const MAX_COMPARED_LENGTH = 256;
/** In passwords as long as this, any word may. */
const STRONG_LENGTH = 64;

/** Passwords that are chosen most; numbers and signs around them make them no better. */
const COMMON = new Set(
  `abc abcd abcde abcdef access adidas admin administrator andrea andrew angel anthony apple arsenal
  ashley asdf asdfgh asdfghjkl asdfghjk austin bailey banana baseball basketball batman beautiful
  blink buster butterfly changeme changeit charlie cheese chelsea chocolate computer cookie corvette
  daniel default diamond dolphin donald dragon dragonball einstein eminem family ferrari firefox
  flower football forever freedom friends fuckyou ginger guest hannah harley hello hellokitty hockey
  hunter iloveyou internet jackson jasmine jennifer jessica jonathan jordan joshua justin killer
  letmein liverpool login lovely lovers loveyou manchester marina master matrix matthew maverick
  mercedes merlin michael michelle monkey monster motorola mustang mynoob naruto nicole ninja
  nirvana nothing orange pass passport passw passwd password passwort patrick peanut pepper
  pokemon porsche princess purple qazwsx qazwsxedc qwer qwert qwerty qwertyu qwertyui qwertyuiop
  rainbow ranger root samantha samsung scooter secret security server shadow slipknot snoopy soccer
  starwars steelers sunshine superman summer spring autumn winter target taylor tennis test testing
  thomas thunder tigger trustno trustnoone user welcome whatever william wordpass yankees yellow
  zaq zaqwsx zxcvbn zxcvbnm`.split(/\s+/),
);
/** Those that a server of this kind gets besides. */
const OURS = ["devops", "followd", "github", "gitlab"];
const RUNS = ["01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm"];

const DISGUISES: Readonly<Record<string, string>> = {
  "@": "a",
  $: "s",
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
};

/** Whether a password is what attackers try first, or is made from what is known of its owner. */
export function isWeakPassword(password: string, names: readonly string[]): boolean {
  if (password.length > MAX_COMPARED_LENGTH) return false;
  const text = password.normalize("NFKC").toLowerCase();
  const words = names.flatMap(wordsOf);
  return isCommon(text) || isRun(text) || holdsOneOf(text, [...OURS, ...words]);
}

function isCommon(text: string): boolean {
  const plain = text.replace(/[@$013457]/g, (sign) => DISGUISES[sign] ?? sign);
  return [text, plain].some((each) => {
    const core = each.replace(/^[^a-z]+|(?<![^a-z])[^a-z]+$/g, "");
    const half = core.slice(0, core.length / 2);
    return COMMON.has(core) || (half + half === core && COMMON.has(half));
  });
}

/** One or two characters over and over, or a walk along the keyboard. */
function isRun(text: string): boolean {
  if (new Set(text).size <= 2) return true;
  const back = Array.from(text).reverse().join("");
  return RUNS.some((run) => run.repeat(3).includes(text) || run.repeat(3).includes(back));
}

function holdsOneOf(text: string, words: readonly string[]): boolean {
  return text.length < STRONG_LENGTH && words.some((word) => text.includes(word));
}

/** A name as a whole and each part of it. */
const wordsOf = (name: string): string[] =>
  [name, ...name.split(/[^\p{L}\p{N}]+/u)]
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word.length >= MIN_WORD_LENGTH);
