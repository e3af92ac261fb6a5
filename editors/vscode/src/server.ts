/** Finds the program that checks: it is installed with Python, and this extension brings none of it. */

import { execFile } from "node:child_process";
import { homedir } from "node:os";
import * as vscode from "vscode";

export const PROGRAM = "followup-lint-lsp";
export const MODULE = "followup_lint.lsp";

/** A command line, and in words where it comes from. */
export interface Candidate {
  readonly command: readonly string[];
  readonly origin: string;
}

/** What was tried, and why it would not start. */
export interface Failure {
  readonly candidate: Candidate;
  readonly reason: string;
}

/** Returns the first candidate that starts, or every one with the reason why it does not. */
export async function findServer(): Promise<Candidate | readonly Failure[]> {
  const failures: Failure[] = [];
  for (const candidate of await candidates()) {
    const reason = await failure(candidate.command);
    if (reason === undefined) {
      return candidate;
    }
    failures.push({ candidate, reason });
  }
  return failures;
}

/** What a user has set is not second-guessed: where it fails, that is said, and nothing else is tried. */
async function candidates(): Promise<readonly Candidate[]> {
  const settings = vscode.workspace.getConfiguration("followupLint");
  const command = settings.get<readonly string[]>("command", []);
  const [program, ...rest] = command;
  if (program !== undefined && program !== "") {
    return [{ command: [atHome(program), ...rest], origin: "followupLint.command" }];
  }
  const interpreter = settings.get<string>("interpreter", "");
  if (interpreter !== "") {
    return [module(interpreter, "followupLint.interpreter")];
  }
  const selected = await selectedInterpreter();
  const found = selected === undefined ? [] : [module(selected, "the selected Python interpreter")];
  return [...found, { command: [PROGRAM], origin: "PATH" }];
}

function module(interpreter: string, origin: string): Candidate {
  return { command: [atHome(interpreter), "-m", MODULE], origin };
}

function atHome(path: string): string {
  return path.replace(/^~(?=[/\\])/, homedir());
}

interface Environments {
  getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
  resolveEnvironment(path: unknown): Promise<
    { readonly executable: { readonly uri?: vscode.Uri | undefined } } | undefined
  >;
}

/** The interpreter of the Python extension; without that extension, the one in its setting. */
async function selectedInterpreter(): Promise<string | undefined> {
  if (!vscode.workspace.isTrusted) {
    return undefined; // the folder's settings may name any program
  }
  const folder = vscode.workspace.workspaceFolders?.[0];
  const python = vscode.extensions.getExtension<{ readonly environments?: Environments }>("ms-python.python");
  if (python !== undefined) {
    try {
      const environments = (python.isActive ? python.exports : await python.activate()).environments;
      const path = environments?.getActiveEnvironmentPath(folder?.uri);
      const resolved = await environments?.resolveEnvironment(path);
      if (resolved?.executable.uri !== undefined) {
        return resolved.executable.uri.fsPath;
      }
    } catch {
      // An extension that does not start is not ours to complain about.
    }
  }
  const set = vscode.workspace.getConfiguration("python", folder?.uri).get<string>("defaultInterpreterPath", "");
  const path = set.replaceAll("${workspaceFolder}", folder?.uri.fsPath ?? "");
  return path === "" || path === "python" ? undefined : path;
}

/** Returns why a command does not start the server; undefined where it does. */
function failure(command: readonly string[]): Promise<string | undefined> {
  const [program = "", ...rest] = command;
  return new Promise((resolve) => {
    execFile(program, [...rest, "--version"], { timeout: 20_000, windowsHide: true }, (error, _, complaint) => {
      if (error === null) {
        resolve(undefined);
      } else if (error.code === "ENOENT") {
        resolve("not found");
      } else {
        resolve(complaint.trim().split("\n").at(-1) || error.message);
      }
    });
  });
}
