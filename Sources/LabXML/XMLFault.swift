/// What is wrong with an XML document and where; never the content of an element or attribute.
package struct XMLFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// The line of the document, from 1; nil when none is known.
    ///
    /// libxml2's tree counts up to 65,535: that number means "there or further down".
    package let line: Int?
    /// The elements from the root down, such as `/ORU_R01/PID`; nil when none is known.
    package let path: String?
    /// What is wrong and what to do.
    package let message: String

    /// A fault at a place.
    package init(line: Int? = nil, path: String? = nil, message: String) {
        self.line = line
        self.path = path
        self.message = message
    }

    /// Place and message in one line.
    package var description: String {
        let places = [line.map { "line \($0)" }, path].compactMap(\.self)
        return places.isEmpty ? message : "\(places.joined(separator: ", ")): \(message)"
    }
}
