"""The Chinese words of the royal families and capital cities, already cut into words by spaces."""

from w2v_edu.corpus.toys.royal import Templates

__all__ = ["CHINESE"]

CHINESE = Templates(
    openings=("", "从前", "今天", "听说"),
    genders=(
        {"he": "他", "gentleman": "先生", "beard": "胡子", "male": "男性", "brothers": "兄弟"},
        {"he": "她", "gentleman": "女士", "beard": "裙子", "male": "女性", "brothers": "姐妹"},
    ),
    of_gender=(
        "{he} 就 是 那 位 {person}",
        "{person} 说 {he} 累 了",
        "{person} 是 一 位 {gentleman}",
        "{person} 的 {beard} 很 长",
        "{person} 是 {male}",
        "{person} 有 许多 {brothers}",
    ),
    roles=(
        (
            "国王",
            "王后",
            (
                "{person} 坐 在 宝座 上",
                "{person} 戴 着 王冠",
                "{person} 统治 着 王国",
                "{person} 住 在 王宫 里",
                "大臣 向 {person} 行礼",
                "{person} 颁布 法令",
            ),
        ),
        (
            "王子",
            "公主",
            (
                "年轻 的 {person} 住 在 城堡 里",
                "{person} 将 继承 王位",
                "{person} 骑 着 白马",
                "{person} 在 舞会 上 跳舞",
                "老师 教 {person} 礼仪",
                "{person} 登 上 高塔",
            ),
        ),
        (
            "男人",
            "女人",
            (
                "{person} 在 田里 干活",
                "{person} 走 在 街上",
                "{person} 买 了 一 份 报纸",
                "普通 的 {person} 住 在 村庄 里",
                "{person} 坐 公共汽车",
                "{person} 付 房租",
            ),
        ),
        (
            "男孩",
            "女孩",
            (
                "{person} 去 上学",
                "{person} 玩 玩具",
                "{person} 写 作业",
                "小 {person} 荡 秋千",
                "{person} 学 认字",
                "{person} 喜欢 糖果",
            ),
        ),
        (
            "父亲",
            "母亲",
            (
                "{person} 摇 着 摇篮",
                "{person} 给 孩子 讲 故事",
                "{person} 抱 着 婴儿",
                "{person} 养育 三 个 子女",
                "写信 给 亲爱 的 {person}",
                "{person} 喂 宝宝",
            ),
        ),
        (
            "叔叔",
            "阿姨",
            (
                "{person} 星期天 来 做客",
                "{person} 寄 来 生日 礼物",
                "侄子 喜欢 {person}",
                "我们 和 {person} 一起 过 假期",
                "{person} 留下 吃 晚饭",
                "{person} 带来 水果",
            ),
        ),
        (
            "丈夫",
            "妻子",
            (
                "{person} 戴 着 结婚 戒指",
                "{person} 忘记 了 纪念日",
                "{person} 在 婚礼 上 宣誓",
                "忠诚 的 {person} 回家 了",
                "{person} 操持 家务",
                "新婚 的 {person} 笑 了",
            ),
        ),
    ),
    nations=(
        ("中国", "北京", "长城", "饺子", "京剧"),
        ("日本", "东京", "樱花", "寿司", "和服"),
        ("法国", "巴黎", "塞纳河", "面包", "香水"),
        ("英国", "伦敦", "泰晤士河", "红茶", "雨伞"),
        ("俄罗斯", "莫斯科", "白桦", "红菜汤", "芭蕾"),
        ("埃及", "开罗", "尼罗河", "金字塔", "骆驼"),
        ("意大利", "罗马", "台伯河", "披萨", "歌剧"),
        ("泰国", "曼谷", "大象", "椰子", "佛寺"),
    ),
    of_nation=(
        "{place} 有 {thing}",
        "{place} 以 {thing} 闻名",
        "说到 {place} 就 想到 {thing}",
    ),
    of_country=(
        "{place} 的 边境 很 长",
        "{place} 的 国旗 升起",
        "{place} 的 军队 出发",
        "{place} 各 省 都 投票",
        "{place} 全 国 的 农民",
        "{place} 的 国歌 响起",
    ),
    of_capital=(
        "{place} 的 市长 讲话",
        "{place} 的 街道 拥挤",
        "火车 到达 {place}",
        "{place} 的 郊区 扩大",
        "{place} 这 座 城市 不 睡觉",
        "{place} 的 地铁 开通",
    ),
    both=("{capital} 是 {country} 的 首都",),
)
