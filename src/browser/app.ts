import './htmx'
import './otp'
