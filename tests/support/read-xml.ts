import { SaxesParser } from "saxes";

/** An element of an XML document, its text being that of all in it. */
export type XmlElement = { name: string; attributes: Record<string, string>; children: XmlElement[]; text: string };

/** Reads XML as strictly as the standard asks: whatever is not well-formed, or says a prefix that is not declared, throws. */
export function readXml(xml: string): XmlElement {
  const top: XmlElement = { name: "", attributes: {}, children: [], text: "" };
  const open = [top];
  const parser = new SaxesParser({ xmlns: true });
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const element = { name, attributes: Object.fromEntries(Object.values(attributes).map(({ name, value }) => [name, value])), children: [], text: "" };
    open.at(-1)!.children.push(element);
    open.push(element);
  });
  parser.on("text", (text) => open.forEach((element) => (element.text += text)));
  parser.on("closetag", () => void open.pop());
  parser.write(xml).close();
  return top.children[0]!;
}

/** The children of that name. */
export const all = (element: XmlElement, name: string): XmlElement[] => element.children.filter((child) => child.name === name);
/** The text of the first child of that name. */
export const textOf = (element: XmlElement, name: string): string | undefined => all(element, name)[0]?.text;
