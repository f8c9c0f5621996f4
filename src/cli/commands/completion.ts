import { Argument, Command } from "commander";
import { print } from "../command.ts";
import { bashScript } from "../completion/bash.ts";
import { type CommandNode, commandNodes } from "../completion/command-tree.ts";
import { fishScript } from "../completion/fish.ts";
import { zshScript } from "../completion/zsh.ts";

const SCRIPTS: Readonly<Record<string, (places: readonly CommandNode[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

const HELP = `
Prints a script; a new shell knows it after

  bash   followd completion bash > ~/.local/share/bash-completion/completions/followd
         (or, without the package bash-completion: eval "$(followd completion bash)" in ~/.bashrc)
  zsh    followd completion zsh > "\${fpath[1]}/_followd"
  fish   followd completion fish > ~/.config/fish/completions/followd.fish`;

/** `loadAll` loads every verb, whose flags and values the script knows. */
export function command(loadAll: () => Promise<Command[]>): Command {
  return new Command("completion")
    .description("Prints what makes a shell complete verbs, flags and values.")
    .addArgument(new Argument("<shell>").choices(Object.keys(SCRIPTS)))
    .option("--json", "write JSON on standard output")
    .addHelpText("after", HELP)
    .action(async (shell: string, { json }: { json?: boolean }) => {
      const script = SCRIPTS[shell]?.(commandNodes(await loadAll())) ?? "";
      print(json, { shell, script }, script.trimEnd());
    });
}
