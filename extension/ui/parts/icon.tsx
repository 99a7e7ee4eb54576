import {
	ArrowRight,
	ArrowUp,
	Check,
	ChevronDown,
	ChevronLeft,
	Circle,
	CircleCheck,
	Cloud,
	CloudOff,
	Contrast,
	Copy,
	Ellipsis,
	ExternalLink,
	FileText,
	House,
	type IconNode,
	Image as ImageIcon,
	Link,
	List,
	MousePointerClick,
	Pause,
	Pencil,
	Plus,
	Settings,
	Table,
	TriangleAlert,
	Undo2,
	User,
	Users,
	X,
} from "lucide";
import { h } from "preact";

/** Icons of Lucide (lucide.dev, ISC licence), by what they mean here. Only those named here, and in `more-icons.ts`, are in the build. */
const icons = {
	alert: TriangleAlert,
	arrow: ArrowUp,
	back: ChevronLeft,
	check: CircleCheck,
	close: X,
	cloud: Cloud,
	copy: Copy,
	down: ChevronDown,
	external: ExternalLink,
	forward: ArrowRight,
	gear: Settings,
	half: Contrast,
	hollow: Circle,
	home: House,
	image: ImageIcon,
	link: Link,
	list: List,
	more: Ellipsis,
	offline: CloudOff,
	page: FileText,
	pause: Pause,
	pencil: Pencil,
	people: Users,
	person: User,
	pick: MousePointerClick,
	plus: Plus,
	table: Table,
	tick: Check,
	undo: Undo2,
} satisfies Record<string, IconNode>;

/** Icons that neither the popup nor the picker shows: `more-icons.ts`, which the other pages load, has them. */
export type MoreIconName =
	| "archive"
	| "chart"
	| "database"
	| "device"
	| "download"
	| "globe"
	| "key"
	| "keyboard"
	| "picked"
	| "play"
	| "plug"
	| "search"
	| "shield"
	| "terminal"
	| "trash";

export type IconName = keyof typeof icons | MoreIconName;

const shapes = new Map<string, IconNode>(Object.entries(icons));

/** Call it before a page is drawn. */
export function addIcons(more: Record<MoreIconName, IconNode>): void {
	for (const [name, shape] of Object.entries(more)) shapes.set(name, shape);
}

/** They point along the line, so they point the other way where lines run from the right. */
const turning: ReadonlySet<IconName> = new Set(["back", "external", "forward", "list", "undo"]);

/** Decoration, hidden from assistive technology: the word beside an icon says what it means. */
export function Icon({ name }: { name: IconName }) {
	return (
		<svg class={turning.has(name) ? "icon turning" : "icon"} viewBox="0 0 24 24" aria-hidden="true">
			{shapes.get(name)?.map(([tag, attributes]) => h(tag, attributes))}
		</svg>
	);
}

/** The mark, drawn for this project: a bound sheaf, three lines tied by one short bar. */
export function Mark() {
	return (
		<svg class="icon mark" viewBox="0 0 16 16" aria-hidden="true">
			<path d="M3.2 2c.6 3.4 2.3 5 2.3 6s-1.1 3-1.6 6M8 2v12M12.8 2c-.6 3.4-2.3 5-2.3 6s1.1 3 1.6 6M4.6 8h6.8" />
		</svg>
	);
}
