const plain = (text: string) => text.normalize("NFKC").toLowerCase();

/** Whether a name holds what was typed, whatever its case and width; every name holds nothing. */
export const holds = (name: string, q: string) => plain(name).includes(plain(q));
