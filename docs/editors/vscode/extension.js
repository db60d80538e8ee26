// Starts `kg lsp` for the YAML files of a workspace of kg. All else is done by the server.
const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

exports.activate = async () => {
  const command = vscode.workspace.getConfiguration("kg").get("command");
  const documentSelector = ["**/kg.yaml", "**/facts/**/*.{yaml,yml}", "**/ontology/**/*.{yaml,yml}"].map(
    (pattern) => ({ scheme: "file", pattern }),
  );
  client = new LanguageClient("kg", "kg", { command, args: ["lsp"] }, { documentSelector });
  await client.start();
};

exports.deactivate = () => client && client.stop();
