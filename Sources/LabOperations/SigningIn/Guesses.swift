internal import Dispatch

/// Where passwords are proved: one after the other, because each guess takes 64 MiB.
enum Guesses {
    static let queue = DispatchQueue(label: "swabline.passwords", qos: .userInitiated)
}
