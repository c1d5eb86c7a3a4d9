/// Where segments may stand in a message, prepared for finding the place of the next one.
struct MessageStructure: Sendable {
    /// A segment's or group's place in the structure.
    struct Node: Sendable {
        let name: String
        let isGroup: Bool
        let cardinality: HL7Tables.Cardinality
        let parent: Int?
        /// The place behind it in the same group.
        var next: Int?
        var children: [Int] = []
        /// The segments with which a group may begin.
        var openers: Set<String> = []
        /// The segments that may come anywhere behind a segment.
        var followers: Set<String> = []
    }

    /// All places; the message itself is the first.
    private(set) var nodes: [Node] = []

    /// The structure of a message; nil for one that the tables do not hold.
    init?(_ name: String, in tables: HL7Tables) {
        guard tables.groups[name] != nil, !name.contains(".") else { return nil }
        let once = HL7Tables.Cardinality(isRequired: true, repeats: false)
        _ = add(HL7Tables.Member(name: name, cardinality: once), below: nil, in: tables)
        for node in nodes.indices.reversed() where nodes[node].isGroup {
            nodes[node].openers = openers(of: node)
        }
        addFollowers()
    }

    private mutating func add(
        _ member: HL7Tables.Member, below parent: Int?, in tables: HL7Tables
    ) -> Int {
        let number = nodes.count
        let members = tables.groups[member.name]
        nodes.append(
            Node(
                name: member.name, isGroup: members != nil, cardinality: member.cardinality,
                parent: parent))
        var before: Int?
        for child in members ?? [] {
            let added = add(child, below: number, in: tables)
            if let before { nodes[before].next = added }
            nodes[number].children.append(added)
            before = added
        }
        return number
    }

    private func openers(of group: Int) -> Set<String> {
        var openers: Set<String> = []
        for child in nodes[group].children {
            let node = nodes[child]
            if node.isGroup { openers.formUnion(node.openers) } else { openers.insert(node.name) }
            if node.cardinality.isRequired { break }
        }
        return openers
    }

    /// Behind a segment come all later ones, and those that begin any repeating group around it
    /// or around a later one.
    private mutating func addFollowers() {
        var later: Set<String> = []
        for node in nodes.indices.reversed() where !nodes[node].isGroup {
            var followers = later
            var around = nodes[node].parent
            while let group = around {
                if nodes[group].cardinality.repeats { followers.formUnion(nodes[group].openers) }
                around = nodes[group].parent
            }
            nodes[node].followers = followers
            later = followers.union([nodes[node].name])
        }
    }
}
