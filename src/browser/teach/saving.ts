/** A form that says when something typed is not saved yet; the answer of the server takes its place. */
export const saving = () => ({
  isChanged: false,
  change() {
    this.isChanged = true
  },
})
