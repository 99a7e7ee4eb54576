import { bounds } from "./bounds.ts";
import { classesOf, isHidden, tagOf } from "./element-facts.ts";

/** Elements of one shape, wherever they stand: `path` is what they and their ancestors are called, without any numbers. */
export type ItemGroup = {
	path: string;
	items: Element[];
	/** How many different things an item says: texts, links and pictures that most of them have. */
	slots: number;
};

/** A place in the page's shape, shared by every element that is called alike under parents that are called alike. */
type Shape = { path: string; parent: Shape | null; elements: Element[]; children: Map<string, Shape> };

type Walk = { shapes: Shape[]; shapeOf: Map<Element, Shape>; textLength: Map<Element, number>; left: number };

/** No item by itself: text, its parts, and controls. */
const never = new Set(
	"P SPAN B I EM STRONG BR HR CODE PRE SUP SUB LABEL INPUT BUTTON SELECT OPTION TEXTAREA H1 H2 H3 H4 H5 H6 IMG PICTURE SOURCE TIME TD TH DT DD TBODY THEAD COL SMALL U S DEL INS BODY MAIN HEADER FOOTER NAV FIGURE".split(
		" ",
	),
);

type Named = { tag: string; names: string[] };

const countBy = (keys: readonly string[]): Map<string, number> => {
	const counts = new Map<string, number>();
	for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
	return counts;
};

/**
 * What each child is called among its siblings: by the names that nearly all of its kind have, else by those that several have,
 * else by all of its own. A list's items often carry names of their category besides.
 */
const stepsOf = (children: readonly Element[]): string[] => {
	const named = children.map((child): Named => ({ tag: tagOf(child).toLowerCase(), names: classesOf(child) }));
	const siblings = countBy(named.map(({ tag }) => tag));
	const counts = countBy(named.flatMap(({ tag, names }) => names.map((name) => `${tag}.${name}`)));
	const highest = new Map<string, number>();
	for (const [key, count] of counts) {
		const tag = key.slice(0, key.indexOf("."));
		highest.set(tag, Math.max(count, highest.get(tag) ?? 0));
	}
	const shared = ({ tag, names }: Named, least: number): string[] =>
		names.filter((name) => (counts.get(`${tag}.${name}`) ?? 0) >= Math.max(3, least));
	return named.map((child) => {
		const half = (siblings.get(child.tag) ?? 0) / 2;
		const top = (highest.get(child.tag) ?? 0) * 0.9;
		const most = shared(child, Math.max(half + 0.5, top));
		const several = most.length > 0 ? most : shared(child, 3);
		return [child.tag, ...(several.length > 0 ? several : child.names).toSorted()].join(".");
	});
};

const ownText = (element: Element): number => {
	let length = 0;
	for (const node of Array.from(element.childNodes)) {
		if (node.nodeType === 3) length += (node.nodeValue ?? "").trim().length;
	}
	return length;
};

const childShape = (parent: Shape, step: string, walk: Walk): Shape => {
	const held = parent.children.get(step);
	if (held !== undefined) return held;
	const shape: Shape = { path: `${parent.path}/${step}`, parent, elements: [], children: new Map() };
	parent.children.set(step, shape);
	walk.shapes.push(shape);
	return shape;
};

/** Once over the page, in its order; tables of data (`skip`) and what nobody sees are passed over. */
const walkPage = (body: Element, skip: ReadonlySet<Element>): Walk => {
	const walk: Walk = { shapes: [], shapeOf: new Map(), textLength: new Map(), left: bounds.elements };
	const root: Shape = { path: "", parent: null, elements: [body], children: new Map() };
	walk.shapeOf.set(body, root);
	const order: Element[] = [];
	const open: Element[] = [body];
	for (let element = open.pop(); element !== undefined && walk.left > 0; element = open.pop()) {
		walk.left -= 1;
		order.push(element);
		const shape = walk.shapeOf.get(element) ?? root;
		const children = Array.from(element.children).filter((child) => !skip.has(child) && !isHidden(child));
		const steps = stepsOf(children);
		for (const [at, child] of children.entries()) {
			const own = childShape(shape, steps[at] ?? "", walk);
			walk.shapeOf.set(child, own);
		}
		for (const child of children.toReversed()) open.push(child);
	}
	for (const element of order) if (element !== body) walk.shapeOf.get(element)?.elements.push(element);
	for (const element of order.toReversed()) {
		const length = (walk.textLength.get(element) ?? 0) + ownText(element);
		walk.textLength.set(element, length);
		const parent = element.parentElement;
		if (parent !== null) walk.textLength.set(parent, (walk.textLength.get(parent) ?? 0) + length);
	}
	return walk;
};

const isSlot = (element: Element, walk: Walk): boolean =>
	tagOf(element) === "IMG" || tagOf(element) === "A" || (walk.textLength.has(element) && ownText(element) > 0);

/** How alike some of the items are inside, and how many things they say. */
const inspect = ({ elements }: Shape, walk: Walk): { alike: number; slots: number } => {
	const step = Math.max(1, Math.floor(elements.length / 12));
	const sample = elements.filter((_, at) => at % step === 0).slice(0, 12);
	const insides = sample.map((item) => {
		const inside = new Set<Shape>();
		const slots = new Set<Shape>();
		for (const element of Array.from(item.querySelectorAll("*")).slice(0, 300)) {
			const shape = walk.shapeOf.get(element);
			if (shape === undefined) continue;
			inside.add(shape);
			if (isSlot(element, walk)) slots.add(shape);
		}
		return { inside, slots };
	});
	const counts = new Map<Shape, number>();
	for (const { inside } of insides) for (const shape of inside) counts.set(shape, (counts.get(shape) ?? 0) + 1);
	const isCommon = (shape: Shape): boolean => (counts.get(shape) ?? 0) >= sample.length * 0.6;
	const shares = insides.map(({ inside }) =>
		inside.size === 0 ? 1 : [...inside].filter(isCommon).length / inside.size,
	);
	const common = new Set(insides.flatMap(({ slots }) => [...slots].filter(isCommon)));
	const own = sample.some((item) => isSlot(item, walk)) ? 1 : 0;
	return { alike: shares.reduce((sum, share) => sum + share, 0) / sample.length, slots: common.size + own };
};

type Candidate = ItemGroup & { shape: Shape; text: number };

const candidateOf = (shape: Shape, walk: Walk): Candidate | null => {
	const { elements, path } = shape;
	const first = elements[0];
	if (elements.length < 3 || first === undefined || never.has(tagOf(first))) return null;
	const text = elements.reduce((sum, element) => sum + (walk.textLength.get(element) ?? 0), 0);
	if (text / elements.length < 4 || text / elements.length > 6_000) return null;
	const { alike, slots } = inspect(shape, walk);
	return alike < 0.5 || slots === 0 ? null : { path, items: elements, slots, shape, text };
};

const isInside = (shape: Shape, outer: Shape): boolean => {
	for (let at = shape.parent; at !== null; at = at.parent) if (at === outer) return true;
	return false;
};

/** Rows of cards are no items: what stands in them several times, and is nearly all they say, are. */
const isWrapper = (outer: Candidate, all: readonly Candidate[]): boolean =>
	all.some(
		(inner) =>
			inner.slots >= 2 &&
			isInside(inner.shape, outer.shape) &&
			inner.items.length >= outer.items.length * 1.5 &&
			inner.text >= outer.text * 0.7,
	);

/** The repeated things of a page: the outermost of each kind, unless they only hold others in rows. */
export const groupItems = (body: Element, skip: ReadonlySet<Element>): ItemGroup[] => {
	const walk = walkPage(body, skip);
	const candidates = walk.shapes.flatMap((shape) => candidateOf(shape, walk) ?? []);
	const chosen: Candidate[] = [];
	// Shapes were met from the outside in.
	for (const candidate of candidates) {
		if (chosen.some(({ shape }) => isInside(candidate.shape, shape))) continue;
		if (!isWrapper(candidate, candidates)) chosen.push(candidate);
	}
	return chosen.map(({ path, items, slots }) => ({ path, items, slots }));
};
