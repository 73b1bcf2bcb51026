"""What a student's function is about: its name and its parameters' names are the specification.

Each notation is a table: name of a parameter -> role. A name such as `y` means one thing to Rong (the
prediction) and another in CS224n (the label), so a function is read in one notation as a whole: the one that
is asked for, or the first that knows all of its names.
"""

__all__ = ["COMMON", "LOSS_NAMES", "NOTATIONS", "QUANTITY_NAMES", "UPDATE_NAMES"]


def _table(**roles: str) -> dict[str, str]:
    """Role -> names, written as one string, turned around."""
    return {name: role for role, names in roles.items() for name in names.split()}


COMMON = _table(
    eta="eta lr learning_rate learningRate step_size rate alpha",
    K="K k_neg num_neg n_neg negative num_negatives",
    W_neg="W_neg w_neg negs neg neg_ids negatives neg_idx neg_idxs neg_indices negIndices noise_ids noise "
    "negative_ids noise_words neg_samples negSampleIndices neg_words negSamples w_negs",
    noise_lists="noise_lists W_negs negs_per_word neg_lists noises",
    context="context ctx context_ids contexts context_idx context_words_ids ctx_ids outside outside_ids "
    "context_indices",
    tree="tree",
    nodes="nodes path inner_nodes path_nodes points",
    signs="signs sign brackets",
    codes="codes code bits",
    q="q noise_p P_n p_n p_noise noise_distribution",
    dataset="dataset",
    w_I="w_I center_id input_id w_in input_word center_idx centre_idx center_word_id wI",
    w_O="w_O target_id output_id w_out target_idx target wO pos pos_id positive target_word",
    V_path="V_path v_path path_vectors node_vectors v_nodes U_path",
)

NOTATIONS: dict[str, dict[str, str]] = {
    "rong": _table(
        W="W W_in input_vectors W1",
        W_out="W_out W_prime Wp W2 output_vectors W_o",
        h="h v_w_I v_wI v_I hidden h_vec",
        v_pos="v_w_O v_wO vp_wO v_prime_w_O v_O v_out",
        V_neg="V_neg v_neg v_negs vp_neg V_negs",
        V_context="v_context V_context v_ctx context_vectors",
        x="x x_k",
        X="X xs",
        t="t t_j",
        u="u u_j",
        y="y",
        e="e e_j",
        EH="EH",
        EI="EI",
        V_size="V",
        N_size="N",
        C_size="C",
    ),
    "cs224n": _table(
        W="V centerWordVectors inputVectors V_in",
        W_out="U outsideVectors outputVectors U_out",
        h="v_c vc v_hat v centerWordVec predicted",
        v_pos="u_o uo",
        V_neg="u_neg u_negs U_neg u_k u_ks u_w u_ws u_K U_k",
        V_context="V_ctx v_ctx v_context V_context",
        t="y y_true one_hot",
        y="y_hat yhat p",
        u="z scores theta",
        w_O="o outsideWordIdx outside_word_idx o_idx",
        w_I="c",
    ),
    "jurafsky-martin": _table(
        W="W",
        W_out="C",
        h="w w_vec",
        v_pos="c_pos cpos c",
        V_neg="c_neg cneg c_negs C_neg",
        t="y",
    ),
    "goldberg-levy": _table(
        h="v_w vw w_vec",
        v_pos="v_c vc",
        V_neg="v_neg v_c_neg v_negs V_neg v_cs v_c_negs",
        W="W",
        W_out="C",
    ),
    "word2vec.c": _table(
        W="syn0",
        W_out="syn1neg syn1",
        h="neu1 l1",
        v_pos="l2",
        eta="alpha",
        u="f",
        t="label",
        w_I="last_word",
        w_O="word target",
    ),
    "plain": _table(
        W="W_in W_input input_vectors center_vectors embeddings input_embeddings in_vecs W W1",
        W_out="W_out W_output output_vectors context_vectors output_embeddings out_vecs outside_vectors W2",
        h="center_vec centre_vec center_vector centre_vector input_vec input_vector hidden center centre "
        "v_center v_centre vec",
        v_pos="context_vec outside_vec target_vec pos_vec positive_vec output_vec output_vector u_pos v_pos",
        V_neg="neg_vecs negative_vecs noise_vecs neg_vectors noise_vectors U_neg u_neg v_neg",
        V_context="ctx_vecs in_ctx_vecs context_input_vectors",
        t="label labels y_true target_vec_onehot onehot",
        y="probs y_pred prediction pred",
        u="scores logits",
        w_I="center_id centre_id input_id",
        w_O="outside_idx target target_id outside_id label_id outside_word_id",
    ),
}

LOSS_NAMES = frozenset(
    [
        "E",
        "J",
        "L",
        "l",
        "loss",
        "cost",
        "nll",
        "objective",
        "L_CE",
        "Lce",
        "L_ce",
        "J_neg",
        "J_softmax",
        "J_ns",
        "E_ns",
        "neg_loss",
        "ce",
    ]
)
QUANTITY_NAMES = _table(
    h="h hidden hidden_layer projection",
    u="u scores score net_input logits",
    y="y y_hat yhat predict_proba probabilities posterior prediction probs forward p",
    e="e error prediction_error errors",
    EH="EH neu1e",
    EI="EI",
    p="probability likelihood",
    log_likelihood="log_likelihood loglik log_prob log_p",
    dW_out="dW_out",
    dW="dW",
)
UPDATE_NAMES = ("update", "step", "sgd", "train", "backward_step", "new")
