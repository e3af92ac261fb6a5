/** Joins the editor to the server. There is no rule here, and no word about a draft. */

import * as vscode from "vscode";
import {
  type DocumentSelector,
  LanguageClient,
  type LanguageClientOptions,
  TransportKind,
} from "vscode-languageclient/node";
import { type Failure, findServer, PROGRAM } from "./server";
import { Verdict } from "./verdict";

const SECTION = "followupLint";
const RESTARTED_BY = ["command", "interpreter", "files"].map((name) => `${SECTION}.${name}`);
const SETTINGS = "Open Settings";
const AGAIN = "Try Again";
const HELP = "How to Install";

let session: Session | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel("followup-lint", { log: true });
  const verdict = new Verdict();
  const current = new Session(context, output, verdict);
  session = current;
  context.subscriptions.push(
    output,
    verdict,
    vscode.commands.registerCommand(`${SECTION}.restart`, () => current.restart()),
    vscode.commands.registerCommand(`${SECTION}.showOutput`, () => {
      output.show();
    }),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (RESTARTED_BY.some((name) => change.affectsConfiguration(name))) {
        await current.restart();
      }
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => current.restart()),
  );
  await current.restart();
}

export async function deactivate(): Promise<void> {
  await session?.stop();
}

class Session {
  private client: LanguageClient | undefined;
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly output: vscode.LogOutputChannel,
    private readonly verdict: Verdict,
  ) {}

  /** One after another: two changes of settings must not leave two servers. */
  restart(): Promise<void> {
    return this.after(this.leave(), () => this.begin());
  }

  stop(): Promise<void> {
    return this.after(this.leave(), async () => undefined);
  }

  private after(leaving: LanguageClient | undefined, next: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(async () => {
      await (leaving ?? this.leave())?.dispose();
      await next();
    });
    return this.turn;
  }

  /** Done at once, so that nothing more is sent to a server that is about to stop. */
  private leave(): LanguageClient | undefined {
    const client = this.client;
    this.client = undefined;
    this.verdict.clear();
    return client;
  }

  private async begin(): Promise<void> {
    const found = await findServer();
    if (!("command" in found)) {
      this.missing(found);
      return;
    }
    const [command = PROGRAM, ...args] = found.command;
    this.output.info(`Server: ${found.command.join(" ")} (from ${found.origin})`);
    const client = new LanguageClient(
      SECTION, // its settings are under this name, that of the trace among them
      "followup-lint",
      { command, args, transport: TransportKind.stdio },
      this.options(),
    );
    try {
      await client.start();
      this.client = client;
    } catch (error) {
      this.missing([{ candidate: found, reason: error instanceof Error ? error.message : String(error) }]);
    }
  }

  private options(): LanguageClientOptions {
    const { verdict } = this;
    return {
      documentSelector: drafts(),
      outputChannel: this.output,
      middleware: {
        provideCodeLenses: async (document, token, next) => {
          const lenses = await next(document, token);
          verdict.take(document, lenses ?? []);
          return lenses;
        },
        workspace: {
          didChangeConfiguration: async (sections, next) => {
            if (this.client !== undefined) {
              await next(sections);
            }
          },
        },
      },
    };
  }

  /** Says what was tried, and what to do. It does not wait: an answer may come never, or after a restart. */
  private missing(failures: readonly Failure[]): void {
    for (const { candidate, reason } of failures) {
      this.output.error(`Not started: ${candidate.command.join(" ")} (from ${candidate.origin}): ${reason}`);
    }
    const [first] = failures;
    const tried =
      failures.length === 1 && first !== undefined && first.candidate.origin.startsWith(SECTION)
        ? `${first.candidate.origin} does not start it (${first.reason})`
        : "it is neither in the selected Python environment nor on the PATH";
    void vscode.window
      .showErrorMessage(`followup-lint cannot check your drafts: ${tried}.`, SETTINGS, AGAIN, HELP)
      .then(async (answer) => {
        if (answer === SETTINGS) {
          await vscode.commands.executeCommand("workbench.action.openSettings", `${SECTION}.command`);
        } else if (answer === AGAIN) {
          await this.restart();
        } else if (answer === HELP) {
          const page = vscode.Uri.joinPath(this.context.extensionUri, "README.md");
          await vscode.commands.executeCommand("markdown.showPreview", page);
        }
      });
  }
}

/** What may be a draft; and rule files, which the server tells from other YAML by their keys. */
function drafts(): DocumentSelector {
  const files = vscode.workspace.getConfiguration(SECTION).get<readonly string[]>("files", []);
  return [
    ...files.map((pattern) => ({ pattern })),
    { scheme: "untitled", language: "plaintext" },
    { scheme: "untitled", language: "eml" },
    { scheme: "file", language: "yaml", pattern: "**/rules/*.{yaml,yml}" },
  ];
}
