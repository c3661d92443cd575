/**
 * Reads the schema again as soon as an answer shows that the key, which it was refused without, has been entered:
 * GraphiQL asks for it once, before anybody could have entered one.
 */
export class SchemaDoor {
  #isShut = false;
  /** Reads the schema. */
  read: () => unknown = () => undefined;

  readonly onRefused = (): void => {
    this.#isShut = true;
  };

  readonly onAdmitted = (): void => {
    if (!this.#isShut) return;
    this.#isShut = false;
    this.read();
  };
}
