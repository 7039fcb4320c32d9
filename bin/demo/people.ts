import { demoInstructor } from './course'

export interface DemoPerson {
  email: string
  name: string
  role: 'student' | 'instructor' | 'admin'
}

export const demoPassword = 'learn-by-doing'

export const demoPeople: DemoPerson[] = [
  { email: 'student@example.com', name: 'Ananya Iyer', role: 'student' },
  { email: demoInstructor, name: 'Rajesh Nair', role: 'instructor' },
  { email: 'other-teacher@example.com', name: 'Farah Qureshi', role: 'instructor' },
  { email: 'admin@example.com', name: 'Harpreet Singh', role: 'admin' },
]

export const demoEnrolment = {
  student: 'student@example.com',
  course: 'hypermedia',
  completedChapters: 3,
}
