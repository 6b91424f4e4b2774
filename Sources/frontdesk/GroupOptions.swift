import ArgumentParser
import Estate
import Journal

/// The option for a data folder that several accounts share.
struct GroupOptions: ParsableArguments {
    @Option(help: "几个系统账户共用，写组名；不写则只有自己能进 · the group whose accounts share the folder; none: it is private")
    var group: String?

    /// The group, of which this account is a member. Warns if the folders above keep its other members out.
    ///
    /// - Throws: `Refusal` `init.group`.
    func group(above folder: String) throws -> UserGroup? {
        guard let name = group else { return nil }
        guard let group = UserGroup(named: name) else {
            throw Refusal.input("init.group", "系统里没有这个组：\(name)", en: "there is no group \(name) on this machine")
        }
        guard group.includesThisProcess else {
            throw Refusal.input(
                "init.group", "这个账户不在组 \(name) 里；请管理员加入后重新登录",
                en: "this account is not in the group \(name); have it added, and sign in anew")
        }
        if let obstacle = group.obstacle(above: folder) {
            let words = Label(
                "组 \(name) 的其他账户进不了 \(obstacle)；请放到他们能进的地方，例如 /srv/frontdesk",
                en:
                    "other accounts of \(name) cannot go through \(obstacle); choose a place that they can reach, as /srv/frontdesk"
            )
            printError("frontdesk: \(words[.ofEnvironment()])")
        }
        return group
    }
}
