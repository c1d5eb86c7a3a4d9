/// A place in a resource, such as `Patient.name.family`: names of FHIR R4 and nothing else.
///
/// Receivers write places as FHIRPath, which may quote a value
/// (`Patient.identifier.where(value='...')`); what stands here is walked along the types of the
/// standard, so it can be shown where no value may be.
struct FHIRPlace: Equatable {
    let text: String

    private static let longest = 400

    /// The place that a path means; nil where it begins with no resource of R4.
    /// - Parameters:
    ///   - path: FHIRPath, with or without indices and comments; what does not fit ends the place.
    ///   - bundle: The message, whose entries tell what `Bundle.entry[2].resource` is.
    init?(_ path: String, in bundle: FHIRNode? = nil) {
        guard path.utf8.count <= Self.longest else { return nil }
        let tables = FHIRTables.shipped
        let steps = Self.steps(of: path)
        guard let first = steps.first?.name, first.first?.isUppercase == true,
            var elements = tables.types[first]
        else { return nil }
        var text = first
        var entry: Int?
        for (place, step) in steps.enumerated().dropFirst() {
            if step.type != nil { continue }
            guard let (name, type) = Self.element(step.name, in: elements) else { break }
            if step.name == "entry" { entry = step.index }
            var next = type
            if type == "ResourceContainer" {
                // A resource begins a place of its own.
                let said = steps.dropFirst(place + 1).first?.type
                let known = entry.flatMap { index in
                    bundle.flatMap { bundle in
                        let entries = bundle.children("entry")
                        return entries.indices.contains(index)
                            ? entries[index].child("resource")?.resourceType : nil
                    }
                }
                next = said ?? known ?? ""
                text = tables.types[next] == nil ? text + "." + name : next
            } else {
                text += "." + name
            }
            guard let inner = tables.types[next] else { break }
            elements = inner
        }
        self.text = text
    }

    /// A step of a path: a name with its index.
    private struct Step {
        var name: String
        var index: Int?
        /// The type of `ofType(Patient)`.
        var type: String?
    }

    private static func steps(of path: String) -> [Step] {
        let plain = path.replacing(/\/\*.*?\*\//, with: "")
        var steps: [Step] = []
        for part in plain.split(separator: ".") {
            if let type = part.wholeMatch(of: /ofType\(([A-Za-z]{1,40})\)/) {
                steps.append(Step(name: "", type: String(type.1)))
                continue
            }
            guard let match = part.wholeMatch(of: /([A-Za-z]{1,40})(?:\[([0-9]{1,6}|x)\])?/) else {
                break
            }
            steps.append(Step(name: String(match.1), index: match.2.flatMap { Int($0) }))
        }
        return steps
    }

    /// An element with its type; FHIRPath leaves out the type in `valueQuantity`.
    private static func element(
        _ name: String, in elements: [String: FHIRTables.Element]
    ) -> (name: String, type: String)? {
        if let element = elements[name] { return (name, element.type) }
        let isChoice = elements.keys.contains { key in
            key.hasPrefix(name) && key.dropFirst(name.count).first?.isUppercase == true
        }
        return isChoice ? (name, "") : nil
    }
}
