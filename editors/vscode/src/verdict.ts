/** The server's line about a draft, in the status bar too: it stands above the first line, which is soon out of sight. */

import * as vscode from "vscode";

const COMMAND = "followup-lint.verdict";

export class Verdict implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("followupLint.verdict", vscode.StatusBarAlignment.Right);
  private readonly told = new Map<string, string>();
  private readonly watch = [
    vscode.window.onDidChangeActiveTextEditor(() => this.show()),
    vscode.workspace.onDidCloseTextDocument((document) => this.told.delete(document.uri.toString())),
  ];

  constructor() {
    this.item.name = "followup-lint";
  }

  take(document: vscode.TextDocument, lenses: readonly vscode.CodeLens[]): void {
    const title = lenses.find((lens) => lens.command?.command === COMMAND)?.command?.title;
    if (title === undefined) {
      this.told.delete(document.uri.toString());
    } else {
      this.told.set(document.uri.toString(), title);
    }
    this.show();
  }

  clear(): void {
    this.told.clear();
    this.show();
  }

  dispose(): void {
    vscode.Disposable.from(this.item, ...this.watch).dispose();
  }

  private show(): void {
    const uri = vscode.window.activeTextEditor?.document.uri.toString();
    const title = uri === undefined ? undefined : this.told.get(uri);
    if (title === undefined) {
      this.item.hide();
      return;
    }
    this.item.text = title;
    this.item.tooltip = "followup-lint";
    this.item.command = { title, command: COMMAND, arguments: [uri] };
    this.item.show();
  }
}
