/// An element of a document that was read, with all that stands in it.
package struct XMLElement: Equatable, Sendable {
    /// An attribute of an element.
    package struct Attribute: Equatable, Sendable {
        /// The name without prefix.
        package let name: String
        /// The namespace, nil for an attribute without a prefix.
        package let namespace: String?
        /// The value with its references resolved.
        package let value: String
    }

    /// The name without prefix.
    package let name: String
    /// The namespace, nil when there is none.
    package let namespace: String?
    /// The attributes in the order of the document, without namespace declarations.
    package let attributes: [Attribute]
    /// The text directly in this element, all pieces joined; not that of its children.
    package let text: String
    /// The elements directly in this element.
    package let children: [XMLElement]
    /// The text between what came before, an element or the parent's start, and this element.
    package let lead: String
    /// The line on which the element starts, from 1; see `XMLFault.line` for its limit.
    package let line: Int

    /// The first child of a name, in whatever namespace.
    package func child(_ name: String) -> XMLElement? { children.first { $0.name == name } }

    /// All children of a name, in whatever namespace.
    package func children(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

    /// The value of an attribute, nil when it is not there.
    package func attribute(_ name: String, namespace: String? = nil) -> String? {
        attributes.first { $0.name == name && $0.namespace == namespace }?.value
    }
}
