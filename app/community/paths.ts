export function divisionPath({ slug }: { slug: string }): string {
  return `/d/${slug}`;
}

export function groupPath({ id }: { id: number }, page?: "requests" | "bans" | "settings"): string {
  return `/groups/${id}${page ? `/${page}` : ""}`;
}

export function adminDivisionPath(divisionId: number): string {
  return `/admin/divisions/${divisionId}`;
}

export function adminCategoryPath(categoryId: number, page?: "rights" | "writing" | "move"): string {
  return `/admin/categories/${categoryId}${page ? `/${page}` : ""}`;
}

export function adminMemberPath(memberId: number): string {
  return `/admin/members/${memberId}`;
}
