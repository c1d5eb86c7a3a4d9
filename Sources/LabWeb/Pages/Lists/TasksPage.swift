internal import LabDomain
internal import LabOperations
internal import LabStore

/// Named work that is not a test.
struct TasksPage: Hashable, Sendable {
    struct Row: Hashable, Sendable {
        let kind: String
        let work: String
        let about: String
        let since: String
        let isOpen: Bool
        let path: String
        let field: String
        let key: String
        let state: String
        let ended: String
        let done: String
    }

    let isAll: Bool
    let csrf: String
    let back: String
    let rows: [Row]
    let isEmpty: Bool
    let pager: Pager

    init(_ part: Part<TaskEntry>, isAll: Bool, after: String, for visit: Visit) {
        let words = visit.words
        self.isAll = isAll
        csrf = visit.csrf
        let path = isAll ? "/tasks?all=1" : "/tasks"
        back = path
        rows = part.rows.map { entry in
            let task = entry.task
            return Row(
                kind: words.word("taskKind", task.kind), work: words.word("taskWork", task.kind),
                about: task.about, since: visit.time(task.openedAt), isOpen: task.isOpen,
                path: "/tasks/\(encoded(task.id.text))/close", field: "done-\(task.id)",
                key: visit.newKey(), state: words.say("tasks.state.\(task.state)"),
                ended: entry.closedAt.map(visit.time) ?? "", done: entry.done)
        }
        isEmpty = part.rows.isEmpty
        pager = Pager(part, on: path, after: after)
    }
}

extension Site {
    var taskRoutes: [Route] {
        [
            .get("/tasks", .closeTask) { visit in
                let isAll = visit.query["all"] != nil
                let after = visit.query["after"] ?? ""
                let part = try visit.laboratory.tasks(
                    onlyOpen: !isAll, after: after, as: visit.handle)
                return .page(
                    Page(
                        visit.words.say("tasks.title"), "tasks",
                        TasksPage(part, isAll: isAll, after: after, for: visit)))
            },
            .post("/tasks/:task/close", .closeTask) { visit in
                _ = try await visit.perform(
                    CloseTask(
                        task: TaskID(visit.parameter("task")), done: visit.form["done"] ?? ""))
                return .redirect(
                    localPath(visit.form["back"]) ?? "/tasks",
                    .done(visit.words.say("tasks.closed")))
            },
        ]
    }
}
