import './htmx'
import './otp'
import './restored'
