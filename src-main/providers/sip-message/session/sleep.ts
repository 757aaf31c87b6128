/** A pause that can be cut short. One at a time. */
export class Sleep {
  #wake: () => void = () => undefined;

  for(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#wake(), ms);
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = () => undefined;
        resolve();
      };
    });
  }

  wake(): void {
    this.#wake();
  }
}
