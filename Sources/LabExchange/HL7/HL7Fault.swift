package import LabDomain
internal import LabXML

/// Why a file of HL7 messages cannot be read or written; it never repeats a value.
package struct HL7Fault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The line of the file, from 1.
    package let line: Int?
    /// The place in a message, such as `OBX-5`.
    package let place: String?
    /// What is wrong.
    package let message: Wording
    /// What to do.
    package let remedy: Wording

    /// A fault at a place.
    package init(
        line: Int? = nil, place: String? = nil, _ message: Wording, remedy: Wording
    ) {
        self.line = line
        self.place = place
        self.message = message
        self.remedy = remedy
    }

    /// Place, message and remedy in one line.
    package var description: String {
        let places = [line.map { "line \($0)" }, place].compactMap(\.self)
        let words = remedy.isEmpty ? message.text : "\(message); \(remedy)"
        return places.isEmpty ? words : "\(places.joined(separator: ", ")): \(words)"
    }
}

extension HL7Fault {
    /// What is wrong with a document, which says itself what to do.
    init(_ fault: XMLFault) {
        self.init(
            line: fault.line, place: fault.path, Wording(plain: fault.message), remedy: "")
    }
}
