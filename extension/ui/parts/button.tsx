import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon.tsx";

export type ButtonLook = "main" | "plain" | "quiet" | "link" | "danger";

type ButtonProps = {
	children: ComponentChildren;
	onPress: () => void;
	look?: ButtonLook;
	size?: "small" | undefined;
	icon?: IconName;
	/** A shortcut, shown after the words. */
	keys?: string;
	title?: string;
	/** The name for assistive technology, where several buttons have the same words. Begins with them or contains them. */
	label?: string;
	/** Words shown instead while the press is being carried out; the button stays focusable and does nothing. */
	busy?: string | null;
	disabled?: boolean;
};

/**
 * A button with words. While `busy` or `disabled` it keeps its place in the tab order (`aria-disabled`), so that focus is not
 * thrown away in the middle of what a person is doing.
 */
export function Button({
	children,
	onPress,
	look = "plain",
	icon,
	keys,
	busy,
	disabled = false,
	...rest
}: ButtonProps) {
	const idle = !busy && !disabled;
	return (
		<button
			type="button"
			class="button"
			data-look={look}
			data-size={rest.size}
			title={rest.title}
			aria-label={rest.label}
			aria-disabled={idle ? undefined : "true"}
			aria-busy={busy ? "true" : undefined}
			onClick={() => idle && onPress()}
		>
			{icon && <Icon name={icon} />}
			{busy || children}
			{keys && !busy && <kbd aria-hidden="true">{keys}</kbd>}
		</button>
	);
}

/** The main button of a form: pressing Enter in an input does the same. */
export function SubmitButton({
	children,
	busy,
	look = "main",
	disabled = false,
}: {
	children: string;
	busy: string | null;
	look?: ButtonLook;
	/** Only drawn so; the form's own handler decides. */
	disabled?: boolean;
}) {
	return (
		<button class="button" data-look={look} aria-disabled={busy === null && !disabled ? undefined : "true"}>
			{busy ?? children}
		</button>
	);
}

type IconButtonProps = { icon: IconName; label: string; onPress: () => void; size?: "small" };

/** A button without words on it; its label is its name and its tooltip. */
export function IconButton({ icon, label, onPress, size }: IconButtonProps) {
	return (
		<button
			type="button"
			class="button"
			data-look="quiet"
			data-shape="square"
			data-size={size}
			aria-label={label}
			title={label}
			onClick={onPress}
		>
			<Icon name={icon} />
		</button>
	);
}

type LinkProps = {
	href: string;
	children: ComponentChildren;
	look?: ButtonLook;
	size?: "small";
	newTab?: boolean;
	icon?: IconName;
};

/** A link that looks like a button. */
export function ButtonLink({ href, children, look = "plain", size, newTab = false, icon }: LinkProps) {
	return (
		<a
			class="button"
			data-look={look}
			data-size={size}
			href={href}
			{...(newTab ? { target: "_blank", rel: "noreferrer" } : {})}
		>
			{icon && <Icon name={icon} />}
			{children}
		</a>
	);
}
