/** Notion refuses a language it does not know, so only these are named; the list is a part of the SDK's `LanguageRequest`. */
const known = new Set(
	"bash c c# c++ clojure css dart diff docker elixir elm erlang f# fortran go graphql groovy haskell html java javascript json julia kotlin latex less lisp lua makefile markdown matlab nix objective-c ocaml pascal perl php powershell prolog python r ruby rust sass scala scheme scss shell sql swift toml typescript xml yaml".split(
		" ",
	),
);

const aliases: Readonly<Record<string, string>> = {
	cpp: "c++",
	cs: "c#",
	csharp: "c#",
	dockerfile: "docker",
	golang: "go",
	js: "javascript",
	jsx: "javascript",
	kt: "kotlin",
	md: "markdown",
	ps1: "powershell",
	py: "python",
	rb: "ruby",
	rs: "rust",
	sh: "shell",
	ts: "typescript",
	tsx: "typescript",
	yml: "yaml",
	zsh: "shell",
};

/** What a fence names, as Notion calls it. */
export function codeLanguage(written: string): string {
	const name = written.toLowerCase();
	const language = aliases[name] ?? name;
	return known.has(language) ? language : "plain text";
}
