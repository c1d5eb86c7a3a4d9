internal import LabDomain
package import LabStore

/// Everything that is known under one code.
package struct Traced: Sendable {
    package let thing: Thing
    /// Where it is now, when it is a tube.
    package let standing: TubeStanding?
    package let story: [StoryLine]
}

extension Laboratory {
    /// What is known under a code, however it was typed; nil when it names nothing.
    package func traced(_ code: String, as handle: String) throws -> Traced? {
        let name = normalised(code)
        let found = try look(.trace, as: handle) { view in
            try view.thing(name).map { thing in
                (thing, thing.kind == .tube ? try view.standing(of: TubeID(name)) : nil)
            }
        }
        return try found.map { thing, standing in
            Traced(
                thing: thing, standing: standing, story: try story(of: name, as: handle))
        }
    }
}
