import { became, type StepRule } from "./step-result.ts";

/** Space and line breaks at both ends. What is no text has none. */
export const trim: StepRule<"trim"> = {
	title: "Remove spaces around it",
	check: () => null,
	apply: (value) => {
		switch (value.type) {
			case "list":
				return became({ ...value, value: value.value.map((entry) => entry.trim()).filter((entry) => entry !== "") });
			case "number":
			case "boolean":
			case "currency":
				return became(value);
			case "text":
			case "markdown":
			case "url":
			case "image":
			case "date":
				return became({ ...value, value: value.value.trim() });
		}
	},
};
