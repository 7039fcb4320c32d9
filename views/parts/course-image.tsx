import { Cover } from './cover'

export interface CoursePictureProps {
  title: string
  categoryName: string | null
  imageUrl: string | null
  /** True for a picture at the top of a page, which should not wait. */
  eager?: boolean
}

/** The instructor's picture, or a drawn cover; 16:9, beside the title, so it says nothing itself. */
export function CoursePicture({ title, categoryName, imageUrl, eager }: CoursePictureProps) {
  if (!imageUrl) return <Cover title={title} category={categoryName} />
  return (
    <img
      class="picture"
      src={imageUrl}
      alt=""
      width={640}
      height={360}
      loading={eager ? 'eager' : 'lazy'}
      decoding="async"
    />
  )
}
