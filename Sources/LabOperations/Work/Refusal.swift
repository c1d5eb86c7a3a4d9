package import LabDomain

/// Why the laboratory does not do what was asked; nothing has changed.
package struct Refusal: Error, Sendable {
    /// What kind of refusal it is; the shell's exit code follows from it.
    package enum Code: String, CaseIterable, Sendable, Codable {
        /// The file or the scans hold faults; each is listed.
        case badData = "bad-data"
        /// Nothing is known under this name.
        case unknown
        /// A rule of the laboratory stands against it.
        case rule
        /// The role does not allow it.
        case notPermitted = "not-permitted"
        /// The same key was used for another command.
        case keyReused = "key-reused"
        /// What should be made is there already.
        case exists
        /// A file cannot be made.
        case file
        /// There is nothing to do.
        case nothingToDo = "nothing-to-do"
    }

    /// One faulty place of a file, a scan or a thing.
    package struct Place: Hashable, Sendable, Codable {
        package let line: Int?
        package let column: Int?
        /// The heading of the column, or the barcode or identifier that is meant.
        package let subject: String?
        package let code: String
        package let message: Wording
        package let remedy: Wording

        /// A place with what is wrong there and what to do.
        package init(
            line: Int? = nil, column: Int? = nil, subject: String? = nil, code: String,
            message: Wording, remedy: Wording
        ) {
            self.line = line
            self.column = column
            self.subject = subject
            self.code = code
            self.message = message
            self.remedy = remedy
        }
    }

    package let code: Code
    package let message: Wording
    package let remedy: Wording
    package let places: [Place]

    /// A refusal; `places` are all faults, not the first alone.
    package init(_ code: Code, _ message: Wording, remedy: Wording, places: [Place] = []) {
        self.code = code
        self.message = message
        self.remedy = remedy
        self.places = places
    }
}

extension Refusal.Place {
    /// A fault of a manifest as a place.
    package init(_ fault: ManifestFault) {
        self.init(
            line: fault.line, column: fault.column, subject: fault.heading,
            code: fault.code.rawValue, message: fault.message, remedy: fault.remedy)
    }
}
