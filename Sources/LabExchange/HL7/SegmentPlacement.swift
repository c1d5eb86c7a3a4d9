/// Finds for each segment of a message, one after the other, the group in which it stands.
///
/// A segment goes to the next place that the structure has for it. One for which there is no such
/// place stands where it came, in the group of the segment before it, so that nothing is lost.
struct SegmentPlacement {
    /// One level of the way from the message down to the segment placed last.
    struct Step: Hashable {
        var node: Int
        /// Which repetition; -1 before the first.
        var repetition = -1
        /// The name of a segment that the structure does not have here.
        var stranger: String?
    }

    let structure: MessageStructure
    /// The way down; the last step is the segment.
    private(set) var path: [Step] = [Step(node: 0, repetition: 0)]

    init(_ structure: MessageStructure) {
        self.structure = structure
    }

    /// The groups around the segment placed last, without the message itself.
    var groups: ArraySlice<Step> { path.dropFirst().dropLast() }

    /// Whether the segment placed last has no place of its own in the structure.
    var isStranger: Bool { path.last?.stranger != nil }

    /// Places the next segment.
    mutating func place(_ name: String) {
        while let step = path.last {
            let top = path.count - 1
            let node = structure.nodes[step.node]
            let isGroup = node.isGroup && step.stranger == nil
            let repeats = step.stranger != nil || node.cardinality.repeats
            if !isGroup, name == step.stranger ?? node.name, repeats || step.repetition < 0 {
                path[top].repetition += 1
                return
            }
            if isGroup, node.openers.contains(name), let first = node.children.first {
                path[top].repetition += 1
                path.append(Step(node: first))
            } else if !isGroup, !node.followers.contains(name) {
                return placeAsStranger(name)
            } else if let next = node.next {
                path[top] = Step(node: next)
            } else if !leaveGroup(for: name) {
                return placeAsStranger(name)
            }
        }
    }

    private mutating func placeAsStranger(_ name: String) {
        guard let step = path.last else { return }
        if path.count == 1 {
            path.append(Step(node: structure.nodes[0].children.first ?? 0, stranger: name))
        } else {
            path[path.count - 1] = Step(node: step.node, repetition: 0, stranger: name)
        }
    }

    /// Goes up to the nearest group that may begin again with the segment or has a place behind it.
    private mutating func leaveGroup(for name: String) -> Bool {
        var top = path.count - 2
        while top >= 0 {
            let node = structure.nodes[path[top].node]
            if node.openers.contains(name) || node.next != nil {
                path.removeSubrange((top + 1)...)
                return true
            }
            top -= 1
        }
        return false
    }
}
