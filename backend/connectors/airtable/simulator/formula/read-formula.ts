/** What a formula is made of, in the part of Airtable's language that is understood here. */
export type Formula =
	| { kind: "value"; value: string | number }
	| { kind: "field"; name: string }
	| { kind: "call"; name: string; parts: Formula[] }
	| { kind: "operation"; operator: string; left: Formula; right: Formula };

type Token = { kind: "text" | "number" | "field" | "name" | "mark"; text: string };

const token =
	/\s*(?:"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|(\d+(?:\.\d+)?(?:e[+-]?\d+)?)|\{((?:\\\}|[^}])*)\}|([A-Z_]+)(?=\s*\()|(!=|<=|>=|[=<>&(),-]))/gisy;

/** From weakest to strongest. */
const operators = [["=", "!=", "<", ">", "<=", ">="], ["&"]];

/** The formula, or null when it is not one. */
export function readFormula(text: string): Formula | null {
	const tokens = tokensOf(text);
	if (tokens === null) return null;
	const reader = new Reader(tokens);
	const formula = reader.operation(0);
	return formula !== null && reader.isAtEnd() ? formula : null;
}

function tokensOf(text: string): Token[] | null {
	const tokens: Token[] = [];
	token.lastIndex = 0;
	while (token.lastIndex < text.trimEnd().length) {
		const [, double, single, number, field, name, mark] = token.exec(text) ?? [];
		const quoted = double ?? single;
		if (quoted !== undefined) tokens.push({ kind: "text", text: unescaped(quoted) });
		else if (number !== undefined) tokens.push({ kind: "number", text: number });
		else if (field !== undefined) tokens.push({ kind: "field", text: field.replaceAll("\\}", "}") });
		else if (name !== undefined) tokens.push({ kind: "name", text: name.toUpperCase() });
		else if (mark !== undefined) tokens.push({ kind: "mark", text: mark });
		else return null;
	}
	return tokens;
}

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

function unescaped(text: string): string {
	return text.replaceAll(/\\(.)/gs, (_whole, mark: string) => escapes[mark] ?? mark);
}

class Reader {
	readonly #tokens: readonly Token[];
	#at = 0;

	constructor(tokens: readonly Token[]) {
		this.#tokens = tokens;
	}

	isAtEnd(): boolean {
		return this.#at === this.#tokens.length;
	}

	operation(level: number): Formula | null {
		const marks = operators[level];
		if (marks === undefined) return this.#term();
		let left = this.operation(level + 1);
		for (let mark = this.#mark(marks); mark !== null && left !== null; mark = this.#mark(marks)) {
			const right = this.operation(level + 1);
			left = right === null ? null : { kind: "operation", operator: mark, left, right };
		}
		return left;
	}

	#term(): Formula | null {
		if (this.#mark(["-"]) !== null) {
			const number = this.#next("number");
			return number === null ? null : { kind: "value", value: -Number(number) };
		}
		if (this.#mark(["("]) !== null) {
			const inner = this.operation(0);
			return this.#mark([")"]) === null ? null : inner;
		}
		const text = this.#next("text");
		if (text !== null) return { kind: "value", value: text };
		const number = this.#next("number");
		if (number !== null) return { kind: "value", value: Number(number) };
		const field = this.#next("field");
		if (field !== null) return { kind: "field", name: field };
		const name = this.#next("name");
		return name === null ? null : this.#call(name);
	}

	#call(name: string): Formula | null {
		const parts: Formula[] = [];
		if (this.#mark(["("]) === null) return null;
		if (this.#mark([")"]) !== null) return { kind: "call", name, parts };
		do {
			const part = this.operation(0);
			if (part === null) return null;
			parts.push(part);
		} while (this.#mark([","]) !== null);
		return this.#mark([")"]) === null ? null : { kind: "call", name, parts };
	}

	#next(kind: Token["kind"]): string | null {
		const next = this.#tokens[this.#at];
		if (next?.kind !== kind) return null;
		this.#at += 1;
		return next.text;
	}

	#mark(marks: readonly string[]): string | null {
		const next = this.#tokens[this.#at];
		if (next?.kind !== "mark" || !marks.includes(next.text)) return null;
		this.#at += 1;
		return next.text;
	}
}
