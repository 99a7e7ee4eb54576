import { useLayoutEffect, useMemo, useReducer, useRef, useState } from "preact/hooks";
import type { RecipeSettings } from "../../../backend/contract/recipes.ts";
import { elementsOf, fieldOf } from "../../capture/picker/field-of.ts";
import { guessName, guessType } from "../../capture/picker/guess.ts";
import type { PickedReply, PickRequest } from "../../capture/picker/handover.ts";
import { pathPattern } from "../../capture/recipes/match.ts";
import type { RecipePlace } from "../../capture/recipes/recipe.ts";
import { IconButton } from "../parts/button.tsx";
import { pickerWords } from "../words/picker.ts";
import { namesByLabel } from "./field-names.ts";
import type { PickerFrame } from "./frame.ts";
import { Outlines } from "./outlines.tsx";
import { PanelStage } from "./panel-stage.tsx";
import { isChanged, type PickerState, pickerReducer, startState } from "./picker-state.ts";
import { Surface } from "./surface.tsx";

export type PickerProps = {
	request: PickRequest;
	frame: PickerFrame;
	page: Window;
	scheme: "light" | "dark";
	send: (recipe: unknown) => Promise<PickedReply>;
	onClose: () => void;
};

/** The picker: a surface over the whole page that takes pointer and keys, outlines on it, and a panel. */
export function Picker(props: PickerProps) {
	const { request, frame, page, scheme, onClose } = props;
	const { state, dispatch, place, pointed, point, pick, save, leave } = usePicker(props);
	const [side, setSide] = useState<"end" | "start">("end");
	const surface = useRef<HTMLDivElement>(null);
	const { stage } = state;
	// At once: a key that is pressed right after another one must not fall beside it.
	useLayoutEffect(() => {
		if (stage.at === "page") surface.current?.focus({ preventScroll: true });
	}, [stage.at]);
	const current = stage.at === "field" ? stage.element : stage.at === "page" ? pointed : null;
	return (
		<div class="picker" data-theme={scheme} onKeyDown={(event) => event.key === "Escape" && leave()}>
			<Surface
				page={page.document}
				host={frame.host}
				pointed={current}
				onPoint={point}
				onPick={pick}
				surface={surface}
			/>
			<Outlines fields={state.fields} current={current} alike={useAlike(state, page)} page={page} />
			<section class="picker-panel" data-side={side} aria-label={pickerWords.title}>
				<header class="picker-head">
					<h1 class="picker-title">{pickerWords.title}</h1>
					<IconButton
						icon={side === "end" ? "back" : "forward"}
						label={pickerWords.otherSide}
						onPress={() => setSide(side === "end" ? "start" : "end")}
					/>
					<IconButton icon="close" label={pickerWords.close} onPress={leave} />
				</header>
				<PanelStage
					{...{ state, dispatch, place, pick, onClose }}
					path={page.location.pathname}
					sharing={request.sharing}
					head={headOf(request, page, state)}
					onSave={() => void save()}
				/>
			</section>
		</div>
	);
}

/** What is picked so far, and what can be done about it. */
function usePicker({ request, page, send, onClose }: PickerProps) {
	const [state, dispatch] = useReducer(pickerReducer, startState(request.recipe?.recipe.fields ?? []));
	const [pointed, point] = useState<Element | null>(null);
	const place = useMemo(() => placeOf(page.document), [page]);
	const { stage, fields } = state;
	const pick = (element: Element) => {
		const taken = new Set(fields.map(({ name }) => name));
		const type = guessType(element, place);
		const name = guessName(element, { type, taken, labels: namesByLabel });
		point(element);
		dispatch({ type: "picked", element, choice: { name, type, all: false } });
	};
	const save = async () => {
		if (stage.at !== "save") return;
		dispatch({ type: "saving" });
		const recipe: RecipeSettings = { ...stage.recipe, name: stage.recipe.name.trim(), fields: [...fields] };
		const reply = await send(recipe).catch((): PickedReply => ({ ok: false, message: pickerWords.failed }));
		dispatch(reply.ok ? { type: "saved" } : { type: "refused", message: reply.message });
	};
	const leave = () => {
		if (stage.at === "field" || stage.at === "save" || stage.at === "leave") dispatch({ type: "to-page" });
		else if (isChanged(state)) dispatch({ type: "to-leave" });
		else onClose();
	};
	return { state, dispatch, place, pointed, point, pick, save, leave };
}

/** Everything that would be picked, while all like one are meant. */
function useAlike({ stage }: PickerState, page: Window): readonly Element[] {
	const [element, choice] = stage.at === "field" ? [stage.element, stage.choice] : [null, null];
	return useMemo(() => {
		if (element === null || choice === null || !choice.all) return [];
		return elementsOf(fieldOf(element, choice), page.document);
	}, [element, choice, page]);
}

function placeOf(document: Document): RecipePlace {
	return { document, base: document.baseURI, language: document.documentElement.lang };
}

/** What a recipe for this page is called at first, and which pages it is likely for. */
function headOf({ recipe }: PickRequest, page: Window, { fields }: PickerState): Omit<RecipeSettings, "fields"> {
	if (recipe !== undefined) {
		const { name, host, path, kind } = recipe.recipe;
		return { name, host, path, kind };
	}
	const { hostname, href } = page.location;
	const site = page.document.querySelector('meta[property="og:site_name"]')?.getAttribute("content") ?? "";
	const name = site.trim() === "" ? hostname.replace(/^www\./, "") : site.trim();
	const kind = fields.some(({ name: field }) => field === "price") ? "product" : "page";
	return { name: name.slice(0, 80), host: hostname, path: pathPattern(href), kind };
}
