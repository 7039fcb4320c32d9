/** A page of a browser that another program drives. */
export interface RemotePage {
  open(address: string): Promise<void>
  /** The value of an expression of the page, as JSON. */
  value<T>(expression: string): Promise<T>
  click(selector: string): Promise<void>
  type(selector: string, text: string): Promise<void>
  /** The same for the document of a frame. */
  frame(selector: string): Promise<RemotePage>
}

export interface RemoteBrowser {
  name: string
  page: RemotePage
  close(): Promise<void>
}
