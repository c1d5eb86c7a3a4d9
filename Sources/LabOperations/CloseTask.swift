package import LabDomain
internal import LabStore

/// Reports named work as done.
package struct CloseTask: Command, Encodable {
    package static let verb = Verb.closeTask

    let task: TaskID
    let done: String

    /// The task that was closed.
    package struct Answer: Codable, Sendable {
        package let task: TaskID
        package let kind: TaskKind
        package let about: String
    }

    /// The end of a task with what was done; no names of people belong into the text.
    package init(task: TaskID, done: String) {
        self.task = task
        self.done = done
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        guard let known = try work.transaction.task(task), known.isOpen else {
            throw Refusal(
                .unknown, "No such task is open.", remedy: "See swabline task list.")
        }
        guard !done.isEmpty else {
            throw Refusal(
                .badData, "A task is closed with what was done.", remedy: "Say it in a few words.")
        }
        try work.transaction.append([
            .taskClosed(TaskClosed(task: task, about: known.about, done: done))
        ])
        return Answer(task: task, kind: known.kind, about: known.about)
    }
}
